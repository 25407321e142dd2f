using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>How somebody has read a connection's bytes: the requests that it passed on, or handed to its application, and what it answered.</summary>
internal sealed record PeerReading(IReadOnlyList<SeenRequest> Seen, IReadOnlyList<int> Statuses)
{
    /// <summary>The same requests; names of trailer fields are compared without case.</summary>
    public bool IsLike(PeerReading other) => Seen.Select(Normal).SequenceEqual(other.Seen.Select(Normal));

    /// <summary>For a cell of the document: the requests in short, then the refusal if there is one.</summary>
    public override string ToString()
    {
        var sentinelSeen = Seen is [.., { Method: "GET", Target: "/sentinel", Body: "" }];
        var parts = Seen.SkipLast(sentinelSeen ? 1 : 0).Select(Show).ToList();
        if (parts.Count > 3)
            parts = [parts[0], $"… {parts.Count} in all"];
        var refusals = Statuses.Where(status => status != 200).Select(status => $"{status}").ToArray();
        if (refusals.Length > 0)
            parts.Add(string.Join(" ", refusals));
        else if (!sentinelSeen)
            parts.Add("closes");
        return parts.Count == 0 ? "nothing" : string.Join(", then ", parts);
    }

    /// <summary>For comparing: names of trailer fields without their case.</summary>
    public static string Normal(SeenRequest seen) => (seen with { Trailers = seen.Trailers.ToLowerInvariant() }).ToString();

    /// <summary>A request in short, for a cell.</summary>
    public static string Show(SeenRequest seen)
    {
        var text = Code($"{seen.Method} {seen.Target}", 60) + (seen.Host.Length > 0 ? $" of {Code(seen.Host, 60)}" : "");
        if (seen.Body.Length > 0)
            text += $" with {Code(seen.Body, 60)}";
        if (seen.Trailers.Length > 0)
            text += $" and {Code(seen.Trailers, 60)}";
        return text;
    }

    /// <summary>As code in a cell of a Markdown table, where "\\" stands for itself and "|" does not.</summary>
    private static string Code(string text, int limit)
    {
        var shown = Wire.Show(text, limit).Replace("\\\\", "\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
        return shown.Contains('`', StringComparison.Ordinal) ? $"`` {shown} ``" : $"`{shown}`";
    }
}
