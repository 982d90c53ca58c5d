//! Keys, the roster fold, the rules of verdicts, pairing, chain and signatures. Knows nothing of documents, SQL or sockets.
