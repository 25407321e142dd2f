using System.Security.Cryptography;
using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>
/// Names of a policy's cookies. Those that nobody has named are the policy's own, and over TLS begin with "__Host-" or, for a domain,
/// "__Secure-" (RFC 6265bis 4.1.3): no neighbour can then plant them.
/// </summary>
internal sealed class OAuth2CookieNames
{
    private readonly byte[][] _allBytes;
    private readonly byte[] _transactionBytes;

    /// <param name="policy">The policy.</param>
    /// <param name="secure">Whether requests have come over TLS.</param>
    public OAuth2CookieNames(OAuth2Policy policy, bool secure)
    {
        string own = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policy.Name)).AsSpan(0, 4));
        string prefix = !secure ? "" : policy.Cookies.Domain is null ? "__Host-" : "__Secure-";
        Session = $"{prefix}OauthSession-{own}";
        AccessToken = policy.Cookies.AccessTokenName ?? $"{prefix}BearerToken-{own}";
        IdToken = policy.Cookies.IdTokenName ?? $"{prefix}IdToken-{own}";
        RefreshToken = $"{prefix}RefreshToken-{own}";
        Transaction = $"{prefix}OauthState-{own}-";
        All = [Session, AccessToken, IdToken, RefreshToken];
        _allBytes = [.. All.Select(Encoding.ASCII.GetBytes)];
        _transactionBytes = Encoding.ASCII.GetBytes(Transaction);
        SessionParts = Parts(Session);
        AccessTokenParts = Parts(AccessToken);
    }

    /// <summary>Those of a login that is complete.</summary>
    public IReadOnlyList<string> All { get; }

    public string Session { get; }

    public string AccessToken { get; }

    public string IdToken { get; }

    public string RefreshToken { get; }

    /// <summary>What the names of cookies of logins on their way begin with; the state follows.</summary>
    public string Transaction { get; }

    /// <summary>Names of the cookies that a session may stand in, in their order.</summary>
    public byte[][] SessionParts { get; }

    /// <summary>Names of the cookies that an access token may stand in, in their order.</summary>
    public byte[][] AccessTokenParts { get; }

    /// <summary>Whether a cookie is the policy's: one of its names, a further part of it, or a login on its way.</summary>
    public bool IsOwn(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith(_transactionBytes))
            return true;
        foreach (byte[] known in _allBytes)
        {
            if (name.StartsWith(known) && (name.Length == known.Length || (name.Length == known.Length + 2 && name[known.Length] == '.' && name[^1] is >= (byte)'0' and <= (byte)'9')))
                return true;
        }
        return false;
    }

    /// <summary>Takes the policy's cookies out of a request: the backend has no use for them.</summary>
    public void Strip(RequestHead head)
    {
        for (int i = head.FieldCount - 1; i >= 0; i--)
        {
            Field field = head.Fields[i];
            if (field.NameLength != 6 || !Ascii.EqualsIgnoreCase(head.NameOf(field), "cookie"u8) || !HasOwn(head.ValueOf(field)))
                continue;
            int length = Strip(head.Writable(new Slice(field.ValueOffset, field.ValueLength)));
            if (length == 0)
                head.RemoveAt(i);
            else
                head.Shorten(i, length);
        }
    }

    private static byte[][] Parts(string name) =>
        [Encoding.ASCII.GetBytes(name), .. Enumerable.Range(1, OAuth2Jar.MaxParts - 1).Select(part => Encoding.ASCII.GetBytes($"{name}.{part}"))];

    private bool HasOwn(ReadOnlySpan<byte> pairs)
    {
        while (pairs.Length > 0)
        {
            if (IsOwn(NameOf(Next(ref pairs))))
                return true;
        }
        return false;
    }

    // Never further than what was read: a pair that stays brings its separator, of which the space may be new.
    private int Strip(Span<byte> field)
    {
        ReadOnlySpan<byte> rest = field;
        int length = 0;
        while (rest.Length > 0)
        {
            int before = field.Length - rest.Length;
            ReadOnlySpan<byte> pair = Next(ref rest);
            if (pair.Length == 0 || IsOwn(NameOf(pair)))
                continue;
            if (length > 0)
            {
                field[length++] = (byte)';';
                if (length < before)
                    field[length++] = (byte)' ';
            }
            pair.CopyTo(field[length..]);
            length += pair.Length;
        }
        return length;
    }

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)';');
        ReadOnlySpan<byte> pair = (end < 0 ? rest : rest[..end]).Trim(" \t"u8);
        rest = end < 0 ? default : rest[(end + 1)..];
        return pair;
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> pair)
    {
        int end = pair.IndexOf((byte)'=');
        return end < 0 ? pair : pair[..end].TrimEnd(" \t"u8);
    }
}
