namespace Sluice.Configuration.Policies.Jwks;

public enum JsonWebKeyType
{
    Rsa,
    P256,
    P384,
    P521,
}
