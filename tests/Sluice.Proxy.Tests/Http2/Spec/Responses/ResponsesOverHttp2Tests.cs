using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http1.Responses;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Responses;

/// <summary>
/// The table of odd responses over HTTP/1.1, to a client over HTTP/2: it gets the same, and where a response breaks off its
/// stream is reset (RFC 9113 8.1), and no other.
/// </summary>
public sealed class ResponsesOverHttp2Tests
{
    public static TheoryData<string> Names => ResponseCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_ToAnHttp2Client_GetsItsVerdict(string name)
    {
        var oddity = ResponseCases.Get(name);
        await using var backend = OddBackend.Start(() => oddity.Text, () => oddity.Ends);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        await client.SendAsync([Make.Headers(1, FieldBlock.Request(oddity.Method, "/"))]);
        var response = await client.ResponseAsync(1);

        Assert.Equal(oddity.Verdict.Status, response.Status);
        if (oddity.Method != "HEAD" && response.Status is not (204 or 304 or 502))
            Assert.Equal(oddity.Verdict.Body, response.Body);
        Assert.Equal(oddity.Verdict.Complete ? null : Http2Error.InternalError, response.Reset);

        // Nothing of the odd response may be taken for the answer to the next request.
        var next = await client.GetAsync(3, "/next");
        Assert.Equal("next", next.Body);
        Assert.Equal(oddity.Reusable ? 1 : 2, backend.Connections);
        Assert.Null(client.GoneAway);
    }
}
