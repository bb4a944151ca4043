// Nothing where a later turn was here. A statement of its own, so that it reads what it waited for.
MATCH (lock:SensegraphLock {name: $name})
WHERE coalesce(lock.turn, 0) <= $turn
SET lock.turn = $turn
RETURN lock.turn AS turn
