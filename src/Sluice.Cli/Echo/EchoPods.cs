using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Cli.Echo;

/// <summary>Reads the file that <c>--pods</c> names: a JSON list of <see cref="EchoPod"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IReadOnlyList<EchoPod>))]
internal sealed partial class EchoPods : JsonSerializerContext
{
    /// <exception cref="UserErrorException">The file cannot be read, or is not such a list.</exception>
    public static IReadOnlyList<EchoOptions> Read(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            var pods = JsonSerializer.Deserialize(stream, Default.IReadOnlyListEchoPod);
            return pods is { Count: > 0 } ? [.. pods.Select(pod => pod.ToOptions())] : throw new UserErrorException($"--pods: {file} lists no pods.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"--pods: {file}: {error.Message}");
        }
    }
}
