using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>Gateway API manifests as other people printed them in articles, when the folder with these texts is beside the checkout.</summary>
internal static partial class SeedManifests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "../shared/seeds");

    /// <summary>The fenced blocks of one article that are manifests; none when the article is not there.</summary>
    public static IReadOnlyList<string> Of(string article)
    {
        if (!Directory.Exists(Folder))
            return [];
        var file = Directory.EnumerateFiles(Folder, $"{article}_*").Single();
        return [.. Fence().Matches(File.ReadAllText(file)).Select(match => match.Groups["text"].Value).Where(text => text.StartsWith("apiVersion:", StringComparison.Ordinal) || text.Contains("\napiVersion: gateway.networking.k8s.io/", StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"^```\w*\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
