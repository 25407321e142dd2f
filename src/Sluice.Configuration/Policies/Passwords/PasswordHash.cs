using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Configuration.Policies.Passwords;

/// <summary>The parts of a password hash as htpasswd writes it.</summary>
public sealed class PasswordHash
{
    /// <summary>The highest cost of bcrypt that is accepted, 14: a check takes about a second of a core.</summary>
    public const int MaxBcryptCost = 14;

    /// <summary>The lowest that there is.</summary>
    public const int MinBcryptCost = 4;

    private const int Sha1Bytes = 20;
    private const int BcryptSaltLength = 22;
    private const int BcryptDigestLength = 31;
    private const int Apr1DigestLength = 22;

    private static readonly SearchValues<char> CryptCharacters = SearchValues.Create("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private PasswordHash(PasswordScheme scheme, string salt, string digest, int cost)
    {
        Scheme = scheme;
        Salt = salt;
        Digest = digest;
        Cost = cost;
    }

    public PasswordScheme Scheme { get; }

    /// <summary>In the letters of the scheme; "" for <see cref="PasswordScheme.Sha1"/>.</summary>
    public string Salt { get; }

    /// <summary>In the letters of the scheme; base64 for <see cref="PasswordScheme.Sha1"/>.</summary>
    public string Digest { get; }

    /// <summary>bcrypt does 2 to the power of this rounds; 0 for the others.</summary>
    public int Cost { get; }

    /// <param name="text">What follows the ":" in a htpasswd file.</param>
    /// <param name="hash">Its parts.</param>
    /// <param name="problem">Why it is none. Holds nothing of the text itself.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        hash = null;
        problem = text switch
        {
            _ when text.StartsWith("{SHA}", StringComparison.Ordinal) => Sha1(text[5..], out hash),
            _ when text.StartsWith("$2a$", StringComparison.Ordinal) || text.StartsWith("$2b$", StringComparison.Ordinal) || text.StartsWith("$2y$", StringComparison.Ordinal) =>
                Bcrypt(text[4..], out hash),
            _ when text.StartsWith("$apr1$", StringComparison.Ordinal) => Apr1(text[6..], out hash),
            _ => "the hash is of no known kind: {SHA}, $2a$, $2b$, $2y$ (bcrypt) or $apr1$ is needed",
        };
        return problem is null;
    }

    private static string? Sha1(string text, out PasswordHash? hash)
    {
        Span<byte> octets = stackalloc byte[Sha1Bytes];
        hash = Convert.TryFromBase64String(text, octets, out var length) && length == Sha1Bytes ? new PasswordHash(PasswordScheme.Sha1, "", text, 0) : null;
        return hash is null ? "behind {SHA} must stand 20 octets in base64" : null;
    }

    private static string? Bcrypt(string text, out PasswordHash? hash)
    {
        hash = null;
        if (text.Length != 3 + BcryptSaltLength + BcryptDigestLength || text[2] != '$' || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]) || text.AsSpan(3).ContainsAnyExcept(CryptCharacters))
            return "a bcrypt hash has the form $2y$COST$ and 53 letters";
        var cost = ((text[0] - '0') * 10) + text[1] - '0';
        if (cost is < MinBcryptCost or > MaxBcryptCost)
            return $"a bcrypt cost of {cost} is outside {MinBcryptCost} to {MaxBcryptCost}";
        hash = new PasswordHash(PasswordScheme.Bcrypt, text.Substring(3, BcryptSaltLength), text[(3 + BcryptSaltLength)..], cost);
        return null;
    }

    private static string? Apr1(string text, out PasswordHash? hash)
    {
        var end = text.IndexOf('$', StringComparison.Ordinal);
        var isOne = end is > 0 and <= 8 && text.Length == end + 1 + Apr1DigestLength && !text.AsSpan(end + 1).ContainsAnyExcept(CryptCharacters)
            && !text.AsSpan(0, end).ContainsAnyExceptInRange('!', '~');
        hash = isOne ? new PasswordHash(PasswordScheme.Apr1, text[..end], text[(end + 1)..], 0) : null;
        return isOne ? null : "an apr1 hash has the form $apr1$SALT$ and 22 letters";
    }
}
