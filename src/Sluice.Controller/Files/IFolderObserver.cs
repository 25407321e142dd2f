namespace Sluice.Controller.Files;

/// <summary>Learns from a scan what to watch, before the scan looks at it, so that no change falls between.</summary>
internal interface IFolderObserver
{
    /// <summary>The manifests and folders in this folder count.</summary>
    /// <returns>Null, or why it cannot be watched.</returns>
    string? Folder(int root, string path, string realPath);

    /// <summary>Where this name in this folder leads counts.</summary>
    void Step(string realFolder, string name);

    /// <summary>This file is reached through a link, or given by itself, so that its folder is not one that counts.</summary>
    void File(FilePlace file);
}
