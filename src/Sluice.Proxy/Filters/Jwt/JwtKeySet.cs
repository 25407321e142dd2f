using Sluice.Configuration.Policies.Jwks;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>The keys of an issuer at one time. Immutable.</summary>
internal sealed class JwtKeySet
{
    private readonly JwtKey[] _keys;

    private JwtKeySet(JwtKey[] keys) => _keys = keys;

    /// <param name="json">A key set as text, UTF-8.</param>
    /// <param name="problems">Gets a message for each key that is left out.</param>
    /// <exception cref="FormatException">There is no key that can be used. The message says why.</exception>
    public static JwtKeySet Parse(ReadOnlyMemory<byte> json, ICollection<string> problems)
    {
        var keys = new List<JwtKey>();
        foreach (JsonWebKey source in JsonWebKeySet.Parse(json, problems))
        {
            if (JwtKey.Create(source, out string? problem) is { } key)
                keys.Add(key);
            else
                problems.Add(problem!);
        }
        return keys.Count > 0 ? new JwtKeySet([.. keys]) : throw new FormatException("the key set has no key that can be used: " + string.Join("; ", problems));
    }

    /// <summary>
    /// Looks at a signature with the keys that it can be of: those of the token's kid, and those that have none. A token without kid
    /// may be of any.
    /// </summary>
    public JwtFailure Verify(JwtToken token, ReadOnlySpan<byte> text)
    {
        JwtFailure failure = JwtFailure.UnknownKey;
        foreach (JwtKey key in _keys)
        {
            if (token.KeyId is not null && key.Id is not null && token.KeyId != key.Id)
                continue;
            if (!key.IsFor(token.Algorithm))
                continue;
            if (key.Verify(token.Algorithm, text[..token.SignedLength], token.Signature))
                return JwtFailure.None;
            failure = JwtFailure.SignatureInvalid;
        }
        return failure;
    }

    /// <summary>Whether a key has the id: then another fetch would bring nothing new.</summary>
    public bool HasKey(string? id) => id is null || Array.Exists(_keys, key => key.Id == id);
}
