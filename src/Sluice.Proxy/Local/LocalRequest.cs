namespace Sluice.Proxy.Local;

/// <summary>Path is without query; Query without "?". Bodies are at most 1 MiB. Header names are lower case, the last of a name counts.</summary>
public sealed record LocalRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body);
