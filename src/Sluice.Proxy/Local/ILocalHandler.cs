namespace Sluice.Proxy.Local;

/// <summary>Answers requests inside the process (admin endpoint). Called on the thread pool, never on a worker.</summary>
public interface ILocalHandler
{
    ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken);
}
