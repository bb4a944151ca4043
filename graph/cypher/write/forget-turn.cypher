MATCH (lock:SensegraphLock {name: $name}) DELETE lock
