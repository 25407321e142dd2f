using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Install;

/// <summary>The two ways to make an image, the Dockerfile and the SDK, agree with each other and with the manifests.</summary>
public sealed partial class ImageTests
{
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile"));

    private static readonly XDocument Project = XDocument.Load(Path.Combine(Repository.Root, "src/Sluice.Cli/Sluice.Cli.csproj"));

    [Fact]
    public void Dockerfile_RunsOnTheBaseImageOfTheProject() =>
        Assert.Equal(Property("ContainerBaseImage"), From().Matches(Dockerfile)[^1].Groups["image"].Value);

    [Fact]
    public void Dockerfile_BuildsOnTheBuildersOwnArchitecture() =>
        Assert.StartsWith("FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:", From().Matches(Dockerfile)[0].Value, StringComparison.Ordinal);

    [Fact]
    public void Dockerfile_User_IsTheOneOfTheProjectAndByNumber()
    {
        // runAsNonRoot can only be checked against a number.
        Assert.Equal("65532:65532", Property("ContainerUser"));
        Assert.Contains("\nUSER 65532:65532\n", Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Dockerfile_EntryPoint_IsTheFileThatIsCopied()
    {
        Assert.Contains("/image/usr/bin/sluice\n", Dockerfile, StringComparison.Ordinal);
        Assert.EndsWith("ENTRYPOINT [\"/usr/bin/sluice\"]", Dockerfile.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Project_ImageForBothArchitectures_NamesThem() =>
        Assert.Equal("linux-x64;linux-arm64", Property("ContainerRuntimeIdentifiers"));

    [Fact]
    public async Task Install_DefaultImage_IsWhatBothMake()
    {
        var result = await SluiceProcess.RunAsync("install");

        var version = (await SluiceProcess.RunAsync("version")).Output.Split(' ')[1];
        Assert.Equal("$(VersionPrefix)", Property("ContainerImageTag"));
        var pod = YamlObjects.Read(result.Output)["Deployment sluice-system/sluice-controller"]["spec"]!["template"]!["spec"]!;
        Assert.Equal($"{Property("ContainerRepository")}:{version}", pod["containers"]![0]!["image"]!.GetValue<string>());
        Assert.Contains($"--tag sluice:{version} .", Dockerfile, StringComparison.Ordinal);
    }

    private static string Property(string name) => Project.Descendants(name).Single().Value;

    [GeneratedRegex(@"^FROM (--platform=\S+ )?(?<image>\S+)", RegexOptions.Multiline)]
    private static partial Regex From();
}
