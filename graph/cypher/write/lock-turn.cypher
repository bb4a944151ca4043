// Waits for whoever else has written to this node; others wait until this transaction ends.
MERGE (lock:SensegraphLock {name: $name})
SET lock.at = datetime()
