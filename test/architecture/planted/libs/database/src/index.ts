import { DataSource } from 'typeorm';

export const database = DataSource;
