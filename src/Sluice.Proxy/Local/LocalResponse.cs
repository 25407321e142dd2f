namespace Sluice.Proxy.Local;

/// <summary>An answer: a head, and a body that is there already or is written as it comes to be.</summary>
/// <param name="StatusCode">200 to 599.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">All of the body; not used when there is <see cref="WriteBody"/>.</param>
public sealed record LocalResponse(int StatusCode, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>More header fields: lower-case names that are none of the framing or connection.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Fields behind the body: lower-case names. Not with <see cref="WriteBody"/>, and not for HTTP/1.0 clients, which have none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; init; } = [];

    /// <summary>
    /// Writes the body, of unknown length, after the head has been sent. A write completes when the client has taken what was
    /// written before, up to what the connection buffers; the token is cancelled when the client is gone. The response ends when
    /// the task does, and is cut when it fails. For asynchronous writing only.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? WriteBody { get; init; }
}
