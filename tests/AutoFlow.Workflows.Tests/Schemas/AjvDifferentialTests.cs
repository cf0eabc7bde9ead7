using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

public class AjvDifferentialTests
{
    private const int CasesPerDraft = 500;

    [AjvFact]
    public async Task Another_validator_comes_to_the_same_verdicts()
    {
        SchemaDraft[] drafts = [SchemaDraft.Draft4, SchemaDraft.Draft7, SchemaDraft.Draft201909, SchemaDraft.Draft202012];
        var cases = drafts.SelectMany(static draft => Enumerable.Range(0, CasesPerDraft).Select(seed => new RandomSchema(seed, draft).Next())).ToList();
        var answers = await Ajv.CheckAsync(cases);
        var differences = new List<string>();
        var compared = 0;
        foreach (var (one, answer) in cases.Zip(answers))
        {
            var ours = JsonSchema.Compile(one.Schema, new SchemaOptions { Draft = one.Draft });
            if (answer.Verdicts is null || !ours.Succeeded)
            {
                differences.Add($"{one.Draft} {one.Schema}: Ajv {answer.Error ?? "reads it"}, here {string.Join("; ", ours.Problems)}");
                continue;
            }

            foreach (var (value, verdict) in one.Values.Zip(answer.Verdicts))
            {
                compared++;
                var errors = ours.Schema.Validate(value);
                if (errors.Count == 0 != verdict) differences.Add($"on {value} Ajv says {verdict}, here {string.Join("; ", errors)}: {one.Draft} {one.Schema}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {compared} differ:\n{string.Join('\n', differences.OrderBy(static d => d.Length).Take(10))}");
    }
}
