/** What strangers of the devnet do while it runs. Read at the moment of acting; plain data. */
export interface StrangerFaults {
  /** Pays and gives at random to whoever uses the protocol, on both chains. */
  busy?: boolean;
}
