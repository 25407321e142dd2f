using System.Security.Cryptography;
using System.Text;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Persistence;

/// <summary>Where an object's file is: NAMESPACE/KIND/NAME.yaml, with "_cluster" in place of a namespace for kinds that have none.</summary>
internal static class ObjectFileLayout
{
    /// <summary>File systems take 255 bytes; ".yaml" and a temporary file's dot and ending have to fit, too.</summary>
    private const int MaxName = 230;
    private const int HashDigits = 16;
    private const string NoNamespace = "_cluster";

    public static string PathOf(string folder, ResourceKind kind, ObjectKey key) =>
        Path.Combine(folder, key.Namespace.Length == 0 ? NoNamespace : key.Namespace, kind.Kind.ToLowerInvariant(), FileName(key.Name) + ".yaml");

    private static string FileName(string name)
    {
        if (name.Length <= MaxName)
            return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits];
        return $"{name[..(MaxName - HashDigits - 1)]}-{hash}";
    }
}
