using Sluice.Resources.Reading;

namespace Sluice.Controller.Files;

/// <summary>A manifest and what was read of it last.</summary>
internal sealed record FileEntry(ScannedFile File, ManifestFile Manifest);
