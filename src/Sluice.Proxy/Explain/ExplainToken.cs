using System.Security.Cryptography;

namespace Sluice.Proxy.Explain;

/// <summary>
/// The token that a request must show to have its answer explained. Set by whoever reads it, compared by the workers; only its digest is
/// kept.
/// </summary>
internal sealed class ExplainToken
{
    private volatile byte[]? _digest;

    /// <summary>Whether any token is right.</summary>
    public bool IsSet => _digest is not null;

    /// <param name="token">Empty: none is right.</param>
    public void Set(ReadOnlySpan<byte> token) => _digest = token.IsEmpty ? null : SHA256.HashData(token);

    /// <summary>In a time that says nothing about the token: of both the digests are compared.</summary>
    public bool Matches(ReadOnlySpan<byte> given)
    {
        if (_digest is not { } digest)
            return false;
        Span<byte> other = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(given, other);
        return CryptographicOperations.FixedTimeEquals(digest, other);
    }
}
