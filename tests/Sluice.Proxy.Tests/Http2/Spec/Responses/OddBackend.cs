using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Responses;

/// <summary>A backend over HTTP/1.1 that answers /next well, and everything else with a text of the test's.</summary>
internal static class OddBackend
{
    /// <param name="text">What to answer with.</param>
    /// <param name="ends">Whether the backend leaves after it, so that whatever is missing will not come.</param>
    public static ScriptedBackend Start(Func<string> text, Func<bool> ends) => ScriptedBackend.Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            if (request.Target == "/next")
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
                continue;
            }

            await connection.SendAsync(text());
            if (ends())
                return;
        }
    });
}
