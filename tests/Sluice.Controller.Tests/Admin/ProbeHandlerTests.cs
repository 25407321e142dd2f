using System.Text;
using Sluice.Controller.Admin;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Tests.Admin;

public sealed class ProbeHandlerTests
{
    [Theory]
    [InlineData("/healthz", 200, "admin")]
    [InlineData("/readyz", 200, "admin")]
    [InlineData("/metrics", 200, "admin")]
    [InlineData("/", 200, "Sluice probes")]
    [InlineData("/config", 404, "no /config here")]
    [InlineData("/status", 404, "--admin")]
    [InlineData("/explain", 404, "no /explain here")]
    [InlineData("/metrics/", 404, "no /metrics/ here")]
    [InlineData("//config", 404, "no //config here")]
    [InlineData("/%63onfig", 404, "here")]
    public async Task OnlyProbesAndMetrics_AreAnswered(string path, int status, string text)
    {
        var answer = await new ProbeHandler(new Admin()).HandleAsync(new LocalRequest("GET", path, "", new Dictionary<string, string>(), default), TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(text, Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }

    private sealed class Admin : ILocalHandler
    {
        public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new LocalResponse(200, "text/plain", "admin"u8.ToArray()));
    }
}
