namespace Sluice.Proxy.Local;

/// <summary>Answers requests inside the process (admin endpoint, API, configuration stream). Called on the thread pool, never on a worker.</summary>
public interface ILocalHandler
{
    /// <summary>Bytes that a body may have that is not streamed; a larger one is answered with 413. Default 1 MiB.</summary>
    int MaxBodyBytes => 1 << 20;

    /// <summary>Whether the request's body is to be given as <see cref="LocalRequest.BodyStream"/>, without a limit of its size or time, instead of whole. Called on a worker.</summary>
    bool StreamsBody(string method, string path) => false;

    ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken);
}
