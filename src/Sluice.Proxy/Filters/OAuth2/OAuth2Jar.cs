using System.Text;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>
/// The cookies of one request that are a policy's. What is too long for one cookie stands in several: the first begins with their number
/// and ".", the others are called NAME.1, NAME.2 and so on.
/// </summary>
internal sealed class OAuth2Jar
{
    /// <summary>Octets of a cookie with its name: browsers keep 4,096 with its attributes.</summary>
    public const int MaxCookieLength = 3800;

    /// <summary>Cookies that one thing may need.</summary>
    public const int MaxParts = 5;

    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    private OAuth2Jar()
    {
    }

    /// <summary>Names of all cookies.</summary>
    public IEnumerable<string> Names => _cookies.Keys;

    /// <summary>Of equal names the first counts.</summary>
    public static OAuth2Jar Of(RequestHead head, OAuth2CookieNames names)
    {
        var jar = new OAuth2Jar();
        for (int i = RequestFields.Find(head, "cookie"u8); i >= 0; i = RequestFields.Find(head, "cookie"u8, i + 1))
        {
            foreach (string pair in Encoding.Latin1.GetString(head.ValueOf(head.Fields[i])).Split(';', StringSplitOptions.TrimEntries))
            {
                int end = pair.IndexOf('=', StringComparison.Ordinal);
                if (end > 0 && names.IsOwn(Encoding.Latin1.GetBytes(pair[..end])))
                    jar._cookies.TryAdd(pair[..end], pair[(end + 1)..].Trim('"'));
            }
        }
        return jar;
    }

    /// <summary>What was <see cref="Split"/>; null when it is not there, or not as a whole.</summary>
    public string? Find(string name)
    {
        if (!_cookies.TryGetValue(name, out string? first) || Parts(first) is not (> 0 and var parts))
            return null;
        if (parts == 1)
            return first[2..];
        var text = new StringBuilder(first, 2, first.Length - 2, parts * MaxCookieLength);
        for (int i = 1; i < parts; i++)
        {
            if (!_cookies.TryGetValue($"{name}.{i}", out string? part))
                return null;
            text.Append(part);
        }
        return text.ToString();
    }

    /// <summary>A value as cookies; null when it would need too many.</summary>
    public static IReadOnlyList<(string Name, string Value)>? Split(string name, string text)
    {
        int room = MaxCookieLength - name.Length - 3;
        int parts = Math.Max(1, (text.Length + room - 1) / room);
        if (parts > MaxParts)
            return null;
        var cookies = new List<(string, string)>(parts);
        for (int i = 0; i < parts; i++)
        {
            string part = text.Substring(i * room, Math.Min(room, text.Length - (i * room)));
            cookies.Add(i == 0 ? (name, $"{parts}.{part}") : ($"{name}.{i}", part));
        }
        return cookies;
    }

    /// <summary>How many cookies belong together, by the first; 0: it is none of ours.</summary>
    public static int Parts(ReadOnlySpan<byte> first) =>
        first.Length > 2 && first[1] == '.' && first[0] is >= (byte)'1' and <= '0' + MaxParts ? first[0] - '0' : 0;

    private static int Parts(string first) =>
        first.Length > 2 && first[1] == '.' && first[0] is >= '1' and <= (char)('0' + MaxParts) ? first[0] - '0' : 0;
}
