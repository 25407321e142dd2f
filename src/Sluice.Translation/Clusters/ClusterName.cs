using System.Globalization;
using Sluice.Resources;

namespace Sluice.Translation.Clusters;

/// <summary>"namespace/service:port", which is also the identity of a cluster. Neither part can hold "/" or ":".</summary>
internal static class ClusterName
{
    public static string Of(NamespacedName service, int port) => string.Create(CultureInfo.InvariantCulture, $"{service.Namespace}/{service.Name}:{port}");

    public static (NamespacedName Service, int Port) Parse(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var colon = name.LastIndexOf(':');
        return (new NamespacedName(name[..slash], name[(slash + 1)..colon]), int.Parse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
