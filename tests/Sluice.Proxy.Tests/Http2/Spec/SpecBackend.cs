using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec;

/// <summary>What stands behind the proxy in the table: a body of some octets for every request, without one for HEAD.</summary>
internal static class SpecBackend
{
    public const string Body = "sixteen octets..";

    public static ScriptedBackend Start() => ScriptedBackend.Answering(request =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{(request.Method == "HEAD" ? "" : Body)}");
}
