using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Sluice.Proxy.Tests.Http1.Reference;

/// <summary>Target and Host of a request: which authority and path are meant (RFC 9112 3.2 and 3.3, RFC 3986 3.2.2 and 6.2.2).</summary>
internal static partial class ReferenceTarget
{
    public static ReferenceHead Resolve(ReferenceHead head)
    {
        var hosts = head.Values("Host").ToArray();
        if (hosts.Length > 1 || (hosts.Length == 0 && head.IsHttp11))
            throw new Refusal(400, "one Host");
        if (hosts.Length == 1)
            CheckAuthority(hosts[0]);
        var host = hosts.FirstOrDefault("");

        if (head.Target == "*" && head.Method == "OPTIONS")
            return head with { Authority = host, PathAndQuery = "*" };
        if (head.Target.StartsWith('/'))
            return head with { Authority = host, PathAndQuery = Normalize(head.Target) };

        var match = AbsoluteForm().Match(head.Target);
        if (!match.Success)
            throw new Refusal(400, "form of the target");
        CheckAuthority(match.Groups[1].Value);
        var path = match.Groups[2].Value;
        return head with { Authority = match.Groups[1].Value, PathAndQuery = Normalize(path.StartsWith('/') ? path : "/" + path) };
    }

    /// <summary>The name alone, as it is routed by.</summary>
    public static string HostOf(string authority)
    {
        var name = authority.StartsWith('[') ? authority[..(authority.IndexOf(']', StringComparison.Ordinal) + 1)] : authority.Split(':')[0];
        return name.ToLowerInvariant();
    }

    private static void CheckAuthority(string authority)
    {
        var match = AuthorityForm().Match(authority);
        if (!match.Success)
            throw new Refusal(400, "authority");
        if (match.Groups[2].Success && int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) is 0 or > 65535)
            throw new Refusal(400, "port");
        if (match.Groups[1].Value is ['[', .. var literal, ']'] && !(IPAddress.TryParse(literal, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6))
            throw new Refusal(400, "IP literal");
    }

    private static string Normalize(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        if (BadEncoding().IsMatch(path) || path.Contains('\\', StringComparison.Ordinal))
            throw new Refusal(400, "path");

        path = Unreserved().Replace(path, match => $"{(char)int.Parse(match.ValueSpan[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)}");
        var output = new List<string>();
        var segments = path[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var isDots = segments[i] is "." or "..";
            if (!isDots)
                output.Add(segments[i]);
            if (segments[i] == "..")
            {
                if (output.Count == 0)
                    throw new Refusal(400, "above the root");
                output.RemoveAt(output.Count - 1);
            }
            if (isDots && i == segments.Length - 1)
                output.Add("");
        }
        return "/" + string.Join('/', output) + (query < 0 ? "" : target[query..]);
    }

    [GeneratedRegex(@"\Ahttp://([^/?]*)(.*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex AbsoluteForm();

    [GeneratedRegex(@"\A(\[[0-9A-Fa-f:.]+\]|[-._~0-9A-Za-z]+)(?::([0-9]{1,5}))?\z")]
    private static partial Regex AuthorityForm();

    [GeneratedRegex(@"%(?![0-9A-Fa-f]{2})|%00")]
    private static partial Regex BadEncoding();

    [GeneratedRegex(@"%(?:2[DdEe]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])")]
    private static partial Regex Unreserved();
}
