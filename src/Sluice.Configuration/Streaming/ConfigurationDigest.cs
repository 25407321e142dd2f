using System.Security.Cryptography;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>
/// Tells configurations apart by what is in them, private keys included: SHA-256 over the frames of the full configuration. Costs as
/// much as writing it, without keeping it.
/// </summary>
public static class ConfigurationDigest
{
    /// <summary>64 hexadecimal digits in lower case.</summary>
    public static string Of(ConfigurationTables configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var frames = new FrameBuffer();
        UpdateWriter.WriteParts(frames, ConfigurationTables.Empty, configuration, Secrets.Included, hash.AppendData);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
