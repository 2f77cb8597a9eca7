/** A process that soaks, one seed after the other. */
import { answerOrders } from '../workers.ts';
import { soak } from './soak.ts';

answerOrders(soak);
