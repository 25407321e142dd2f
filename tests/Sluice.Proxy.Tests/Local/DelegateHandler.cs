using System.Text;
using Sluice.Proxy.Local;

namespace Sluice.Proxy.Tests.Local;

/// <summary>A handler of one method; bodies of requests are streamed below "/stream".</summary>
internal sealed class DelegateHandler(Func<LocalRequest, CancellationToken, ValueTask<LocalResponse>> handle) : ILocalHandler
{
    public int MaxBodyBytes { get; init; } = 1 << 20;

    public bool StreamsBody(string method, string path) => path.StartsWith("/stream", StringComparison.Ordinal);

    public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken) => handle(request, cancellationToken);

    /// <summary>Answers with a body that is written as it comes to be.</summary>
    public static DelegateHandler Writing(Func<LocalRequest, Stream, CancellationToken, Task> write) => new((request, _) =>
        ValueTask.FromResult(new LocalResponse(200, "text/plain", default)
        {
            Headers = [new("x-more", "one"), new("x-more", "two")],
            WriteBody = (stream, cancellationToken) => write(request, stream, cancellationToken),
        }));

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
