using Sluice.Proxy.Tests.Http2.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Frames for the table, so that a case shows what is odd about it and nothing else.</summary>
internal static class Sent
{
    /// <summary>GET / of a.test with further fields.</summary>
    public static Frame[] Get(params (string Name, string Value)[] fields) => [Make.Get(1, "/", fields)];

    /// <summary>POST / of a.test with further fields, and its body in one frame.</summary>
    public static Frame[] Post(string body, params (string Name, string Value)[] fields) => [Make.Post(1, "/", fields), Make.Data(1, body)];

    /// <summary>POST / of a.test with the body "ok" and these trailers.</summary>
    public static Frame[] Trailers(params (string Name, string Value)[] fields) =>
        [Make.Post(1), Make.Data(1, "ok", 0), Make.Headers(1, FieldBlock.Of(fields))];

    /// <summary>Just these fields, pseudo-fields among them, and no body.</summary>
    public static Frame[] Fields(params (string Name, string Value)[] fields) => [Make.Headers(1, FieldBlock.Of(fields))];

    public static Frame[] Method(string method) => Fields((":method", method), (":scheme", "http"), (":path", "/"), (":authority", "a.test"));

    public static Frame[] Scheme(string scheme) => Fields((":method", "GET"), (":scheme", scheme), (":path", "/"), (":authority", "a.test"));

    public static Frame[] Path(string path) => Fields((":method", "GET"), (":scheme", "http"), (":path", path), (":authority", "a.test"));

    public static Frame[] Authority(string authority, params (string Name, string Value)[] fields) =>
        Fields([(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", authority), .. fields]);
}
