using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Sluice.Configuration.Policies.Passwords;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>Whether a password is the one that was hashed, in a time that does not depend on how much of it is right.</summary>
[SuppressMessage("Security", "CA5350", Justification = "The files that are to be read were written so.")]
internal sealed class PasswordCheck
{
    private readonly PasswordHash _hash;
    private readonly byte[] _digest;

    public PasswordCheck(PasswordHash hash)
    {
        _hash = hash;
        _digest = hash.Scheme == PasswordScheme.Sha1 ? Convert.FromBase64String(hash.Digest) : Encoding.ASCII.GetBytes(hash.Digest);
    }

    /// <summary>A check takes no longer than a look at a table.</summary>
    public bool IsCheap => _hash.Scheme == PasswordScheme.Sha1;

    /// <summary>How dear checks are, to compare.</summary>
    public int Weight => _hash.Scheme switch
    {
        PasswordScheme.Sha1 => 0,
        PasswordScheme.Apr1 => 1,
        _ => _hash.Cost,
    };

    /// <summary>Milliseconds of a core when it is not cheap.</summary>
    public bool Verify(ReadOnlySpan<byte> password)
    {
        // Nothing that was hashed as a string of C has one; what stands behind it would count for nothing.
        if (password.Contains((byte)0))
            return false;
        if (_hash.Scheme == PasswordScheme.Sha1)
        {
            Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
            SHA1.HashData(password, digest);
            return CryptographicOperations.FixedTimeEquals(digest, _digest);
        }
        string text = _hash.Scheme == PasswordScheme.Bcrypt ? Bcrypt.Hash(password, _hash.Salt, _hash.Cost) : Apr1.Hash(password, _hash.Salt);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text), _digest);
    }
}
