using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Routing;

/// <summary>
/// The octets that a path is compared with: normalised as requests are, so that "/%7Euser" in a route means the "/~user" that
/// requests become; a prefix without its trailing slash, so that "/" becomes "".
/// </summary>
internal static class PathKey
{
    public static byte[] Of(PathMatch path)
    {
        byte[] value = Encoding.UTF8.GetBytes(path.Value);
        // A value that cannot be normalised is kept: no request has such a path.
        byte[] normalized = [.. value];
        if (PathNormalizer.TryNormalize(normalized, out int length))
            value = normalized[..length];
        return path.Type == PathMatchType.PathPrefix && value is [.., (byte)'/'] ? value[..^1] : value;
    }
}
