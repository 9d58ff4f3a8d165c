import { DataSource } from 'typeorm';

export const shipOrder = DataSource;
