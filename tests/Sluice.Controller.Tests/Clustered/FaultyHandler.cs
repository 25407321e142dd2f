using Sluice.Proxy.Local;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>An API server that can be broken in several ways.</summary>
internal sealed class FaultyHandler(ILocalHandler inner) : ILocalHandler, IDisposable
{
    private volatile Func<LocalRequest, LocalResponse?> _fault = _ => null;
    private CancellationTokenSource _watches = new();

    public int MaxBodyBytes => inner.MaxBodyBytes;

    /// <summary>Answers instead of the server; null lets it answer. Requests that are under way are not touched.</summary>
    public Func<LocalRequest, LocalResponse?> Fault
    {
        set => _fault = value;
    }

    public bool StreamsBody(string method, string path) => inner.StreamsBody(method, path);

    /// <summary>Cuts every watch that is open.</summary>
    public void CutWatches() => Interlocked.Exchange(ref _watches, new CancellationTokenSource()).Cancel();

    public void Dispose() => _watches.Dispose();

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        if (_fault(request) is { } fault)
            return fault;
        var response = await inner.HandleAsync(request, cancellationToken);
        if (response.WriteBody is not { } write)
            return response;
        var cut = _watches.Token;
        return response with
        {
            WriteBody = async (output, token) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(token, cut);
                await write(output, either.Token);
                cut.ThrowIfCancellationRequested();
            },
        };
    }
}
