namespace Sluice.Cli.Tests.Clients;

/// <summary>One backend and one gateway for all clients of a class.</summary>
public sealed class ContentFixture : IAsyncLifetime
{
    internal ContentBackend Backend { get; private set; } = null!;

    internal ClientGateway Gateway { get; private set; } = null!;

    /// <summary>A folder for what clients send and store.</summary>
    internal DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("sluice-clients-");

    /// <summary>A file with the content that is uploaded.</summary>
    internal string UploadFile => Path.Combine(Folder.FullName, "upload");

    public async ValueTask InitializeAsync()
    {
        Backend = await ContentBackend.StartAsync();
        Gateway = await ClientGateway.StartAsync(Backend.Port);
        await File.WriteAllBytesAsync(UploadFile, ContentBackend.File);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Backend.DisposeAsync();
        Folder.Delete(recursive: true);
    }
}
