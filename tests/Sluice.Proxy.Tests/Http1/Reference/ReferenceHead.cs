using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Reference;

/// <summary>A request head as text, with what its fields say about body and connection.</summary>
internal sealed record ReferenceHead(string Method, string Target, bool IsHttp11, IReadOnlyList<WireField> Fields)
{
    public string Authority { get; init; } = "";

    /// <summary>Normalised path and query, or "*".</summary>
    public string PathAndQuery { get; init; } = "";

    public bool IsChunked { get; init; }

    /// <summary>0 without Content-Length.</summary>
    public long Length { get; init; }

    public bool Closes { get; init; }

    public IEnumerable<string> Values(string name) =>
        Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);
}
