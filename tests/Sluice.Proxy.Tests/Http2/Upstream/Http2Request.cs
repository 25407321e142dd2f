namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>A request as a backend got it over HTTP/2. Fields in their order, pseudo-fields first.</summary>
internal sealed record Http2Request(int StreamId, IReadOnlyList<(string Name, string Value)> Fields)
{
    public string Body { get; init; } = "";

    public IReadOnlyList<(string Name, string Value)> Trailers { get; init; } = [];

    /// <summary>Values of a name joined with ", ", or null if there is none.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Fields.Where(field => field.Name == name).Select(field => field.Value).ToArray();
            return values.Length == 0 ? null : string.Join(", ", values);
        }
    }
}
