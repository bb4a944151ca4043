import { realPostgresContract } from './real-postgres.ts';

await realPostgresContract(18);
