namespace Sluice.Proxy.Tls.Certificates;

/// <summary>What a certificate's key is, as far as clients differ in what they can verify.</summary>
internal enum KeyKind : byte
{
    Rsa,
    EcdsaP256,
    EcdsaP384,
    EcdsaP521,
    Ed25519,
    Ed448,

    /// <summary>Anything else: given to clients only when there is no other.</summary>
    Other,
}
