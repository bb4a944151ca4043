import { oneOfEach } from './one-of-each.ts';

oneOfEach('the embedded stores');
