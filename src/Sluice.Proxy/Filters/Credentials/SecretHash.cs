using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Filters.Credentials;

/// <summary>
/// A keyed hash of 128 bits that stands for a secret. Nobody without the key, which never leaves the process, can find another text of
/// the same hash, or tell from how long a look-up takes what the secret is like.
/// </summary>
internal sealed class SecretHash
{
    private readonly byte[] _key = SessionKey.NewSecret()[..SipHash.KeySize];

    public UInt128 Of(ReadOnlySpan<byte> secret) => SipHash.Compute128(_key, secret);
}
