using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>Everything that came on one stream until it ended.</summary>
internal sealed record StreamResponse(string[] Fields, string Body, string[]? Trailers, Http2Error? Reset)
{
    /// <summary>HEADERS and DATA frames that it took.</summary>
    public required int Frames { get; init; }

    public string Status => this[":status"]!;

    /// <summary>Values of all fields of that name joined with ", ", or null if there is none.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Fields.Where(field => field.StartsWith(name + ": ", StringComparison.Ordinal)).Select(field => field[(name.Length + 2)..]).ToArray();
            return values.Length == 0 ? null : string.Join(", ", values);
        }
    }
}
