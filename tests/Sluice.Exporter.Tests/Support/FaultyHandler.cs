using System.Collections.Concurrent;
using Sluice.Proxy.Local;

namespace Sluice.Exporter.Tests.Support;

/// <summary>An API server that can be told to fail: requests that a test has an answer for never reach it.</summary>
internal sealed class FaultyHandler(ILocalHandler api) : ILocalHandler
{
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Null: as usual. Given with every request.</summary>
    public Func<LocalRequest, CancellationToken, Task<LocalResponse?>>? Answer { get; set; }

    /// <summary>Paths with queries.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public int MaxBodyBytes => api.MaxBodyBytes;

    /// <summary>Every request for a path that ends so is answered with a Status.</summary>
    public void Fail(string suffix, int code, string reason = "InternalError") => Answer = (request, _) => Task.FromResult(
        request.Path.EndsWith(suffix, StringComparison.Ordinal) ? Status(code, reason) : null);

    public static LocalResponse Status(int code, string reason) => Json(code, $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"no","reason":"{{reason}}","code":{{code}}}""");

    public static LocalResponse Json(int code, string json) => new(code, "application/json", System.Text.Encoding.UTF8.GetBytes(json));

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        _requests.Enqueue($"{request.Path}?{request.Query}");
        return Answer is { } answer && await answer(request, cancellationToken) is { } response ? response : await api.HandleAsync(request, cancellationToken);
    }
}
