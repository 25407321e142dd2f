using System.Globalization;
using Sluice.Resources;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Support;

/// <summary>Many routes, each with its own hostname, Service and slice, on one Gateway.</summary>
internal static class Fleet
{
    public static ResourceSnapshot Of(int count, bool sharedHost = false)
    {
        var snapshot = Snapshot(Class(), Gateway("gw"));
        var routes = snapshot.HttpRoutes.ToBuilder();
        var services = snapshot.Services.ToBuilder();
        var slices = snapshot.EndpointSlices.ToBuilder();
        for (var i = 0; i < count; i++)
        {
            var name = Name(i);
            var route = Route(name, "gw", Rule(sharedHost ? $"/{name}" : "/", Backend(name))) with { Hostnames = sharedHost ? [] : [$"{name}.example.com"] };
            routes.Add(route.Key, route);
            var service = Service(name);
            services.Add(service.Key, service);
            var slice = Slice(name, "10.0.0.1", 1024 + i);
            slices.Add(slice.Key, slice);
        }
        return snapshot with { HttpRoutes = routes.ToImmutable(), Services = services.ToImmutable(), EndpointSlices = slices.ToImmutable() };
    }

    public static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"app-{i:D5}");
}
