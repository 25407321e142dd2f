using Sluice.ApiServer;
using Sluice.ApiServer.Persistence;
using Sluice.Controller.Files;
using Sluice.Controller.Standalone;

namespace Sluice.Controller.Embedded;

/// <summary>The folder that keeps what is applied.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="IsChosen">It was named for this.</param>
internal sealed record ApiDataFolder(string Path, bool IsChosen)
{
    /// <summary>Null where only files are given: then there is none.</summary>
    public static ApiDataFolder? Of(StandaloneOptions options)
    {
        if (options.Api?.DataFolder is { } chosen)
            return new ApiDataFolder(chosen, true);
        return options.Paths.FirstOrDefault(Directory.Exists) is { } first ? new ApiDataFolder(first, false) : null;
    }

    /// <summary>Whether there are objects to be served from the start; costs a look.</summary>
    public bool HasObjects => new FileInfo(System.IO.Path.Combine(Path, KubernetesApi.JournalPath)) is { Exists: true, Length: > 0 };

    /// <summary>Makes a chosen folder when it does not exist.</summary>
    /// <returns>Its path free of links, as files in it are named by whoever follows them.</returns>
    /// <exception cref="DataFolderException">It cannot be made, or is gone.</exception>
    public string Prepare()
    {
        try
        {
            if (IsChosen)
                Directory.CreateDirectory(Path);
            return LinkResolver.Resolve(System.IO.Path.GetFullPath(Path), (_, _) => { }) ?? throw new DataFolderException($"the folder {Path} is gone");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"the folder {Path} cannot be made: {error.Message}", error);
        }
    }
}
