// The start.
import {shown} from './view.js';
import {twice, NUMBER} from './numbers.js';

shown(twice(NUMBER));
