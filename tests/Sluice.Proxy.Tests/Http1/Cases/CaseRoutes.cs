using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>The routes that the table's verdicts assume: a.test to "a" but its /admin to "admin", b.test to "b", no other host.</summary>
internal static class CaseRoutes
{
    public static string? Find(string host, string path) => host switch
    {
        "a.test" when path == "/admin" || path.StartsWith("/admin/", StringComparison.Ordinal) => "admin",
        "a.test" when path.StartsWith('/') => "a",
        "b.test" when path.StartsWith('/') => "b",
        _ => null,
    };

    public static TestRoutes Build(Endpoint a, Endpoint admin, Endpoint b) => new TestRoutes()
        .Forward("a.test", "/admin", admin)
        .Forward("a.test", "/", a)
        .Forward("b.test", "/", b);
}
