import { connect } from 'amqplib';

export const queue = connect;
