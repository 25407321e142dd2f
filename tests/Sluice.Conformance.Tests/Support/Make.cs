using System.Net;
using Sluice.Conformance.Data;
using Sluice.Conformance.Statuses;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Support;

/// <summary>Answers and statuses that are right, for tests to make one thing wrong.</summary>
internal static class Make
{
    public const string Space = "gateway-conformance-infra";

    public static HttpRequest Request(string path = "/path?a=b", string authority = "example.com:1234", string method = "GET") =>
        new(new IPEndPoint(IPAddress.Loopback, 80), method, authority, path, []);

    public static FieldList Fields(params (string Name, string Value)[] fields)
    {
        var list = new FieldList();
        foreach (var (name, value) in fields)
            list.Add(name, value);
        return list;
    }

    public static HttpAnswer Answer(int status = 200, FieldList? headers = null, SeenRequest? seen = null) =>
        new(status, headers ?? Fields(), seen ?? Seen());

    public static SeenRequest Seen(string path = "/path?a=b", string host = "example.com:1234", string method = "GET", string space = Space, string pod = "infra-backend-v1-0", FieldList? headers = null) =>
        new(path, host, method, "HTTP/1.1", space, pod, headers ?? Fields(("X-One", "1")));

    public static CaseData Case(Func<ExpectData, ExpectData>? change = null)
    {
        var expect = new ExpectData { Status = new StatusExpectation([200]), Backend = "infra-backend-v1", Namespace = Space };
        return new CaseData
        {
            Request = new RequestData { Path = "/path?a=b", Host = "example.com:1234", Headers = new Dictionary<string, string> { ["x-one"] = "1" } },
            Expect = change?.Invoke(expect) ?? expect,
        };
    }

    public static ConditionStatus Condition(string type, bool status = true, string? reason = null, long generation = 2) =>
        new(type, status ? "True" : "False", reason ?? type, "", generation);

    public static ListenerStatus Listener(string name, int routes, string[] kinds, params ConditionStatus[] conditions) =>
        new(name, 80, 80, routes, [.. kinds.Select(kind => new RouteKind("gateway.networking.k8s.io", kind))], conditions);

    public static GatewayStatus Gateway(params ListenerStatus[] listeners) =>
        new(Space, "gateway", 2, [], [Condition("Accepted")], listeners);

    public static RouteStatus Route(params ParentStatus[] parents) => new("HTTPRoute", Space, "route", 2, parents);

    public static ParentStatus Parent(params ConditionStatus[] conditions) =>
        new("gateway.networking.k8s.io", "Gateway", Space, "gateway", null, null, Rig.ControllerName, conditions);
}
