/** Version of the wire protocol. Raise it with any change of the schemas in this folder; the centre serves the last three. */
export const protocolVersion = 1;
export const oldestServedProtocol = 1;
export const productVersion = '0.1.0';
