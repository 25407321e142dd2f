namespace Sluice.Resources.Tests.Docs;

public class KindsDocumentTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("SLUICE_UPDATE_KINDS") == "1";

    [Fact]
    public void Document_IsWhatTheSchemasSay()
    {
        if (Updates)
            File.WriteAllText(KindsDocument.FilePath, KindsDocument.Write());

        Assert.Equal(KindsDocument.Write(), File.ReadAllText(KindsDocument.FilePath));
    }
}
