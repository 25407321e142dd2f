using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>Proxies with one rule whose policies concern messages and bodies.</summary>
internal static class BodyRoutes
{
    public static Task<TestProxy> StartAsync(Endpoint endpoint, RequestPolicies policies, ProxyLimits? limits = null, UpstreamProtocol protocol = UpstreamProtocol.Http1, Func<RouteRule, RouteRule>? change = null) =>
        TestProxy.StartAsync(limits ?? new ProxyLimits(), new TestRoutes { Protocol = protocol }.Forward("*", "/", endpoint)
            .With(rule => (change ?? (same => same))(rule with { Policies = policies })));

    public static RequestPolicies Request(MessageTransformation request) => new() { Transformation = new TransformationPolicy { Request = request } };

    public static RequestPolicies Response(MessageTransformation response) => new() { Transformation = new TransformationPolicy { Response = response } };

    public static string Post(string body, string fields = "") => $"POST /a HTTP/1.1\r\nHost: a.test\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}";

    public static string Ok(string body, string fields = "") => $"HTTP/1.1 200 OK\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}";
}
