namespace AutoFlow.Workflows.Jq;

/// <summary>Destructuring patterns and object construction.</summary>
internal sealed partial class JqParser
{
    private List<Pattern> ParsePatterns()
    {
        var patterns = new List<Pattern> { ParsePattern() };
        while (Accept("?//"))
            patterns.Add(ParsePattern());
        return patterns;
    }

    private Pattern ParsePattern()
    {
        var token = Current;
        if (token.Kind == JqTokenKind.Variable)
            return new VariablePattern(token.Offset, ExpectVariable());
        Enter();
        Pattern pattern;
        if (Accept("["))
        {
            var items = new List<Pattern>();
            do
                items.Add(ParsePattern());
            while (Accept(","));
            Expect("]");
            pattern = new ArrayPattern(token.Offset, items);
        }
        else
        {
            if (!Accept("{"))
                throw Unexpected("a variable, '[' or '{'");
            var entries = new List<(Ast, string?, Pattern?)>();
            do
                entries.Add(ParsePatternEntry());
            while (Accept(","));
            Expect("}");
            pattern = new ObjectPattern(token.Offset, entries);
        }

        nesting--;
        return pattern;
    }

    private (Ast Key, string? Variable, Pattern? Value) ParsePatternEntry()
    {
        var token = Current;
        if (token.Kind == JqTokenKind.Variable)
        {
            position++;
            return (new LiteralAst(token.Offset, JqValue.From(token.Text)), token.Text, Accept(":") ? ParsePattern() : null);
        }

        var key = ParseKey();
        Expect(":");
        return (key, null, ParsePattern());
    }

    private ObjectAst ParseObject()
    {
        var offset = Current.Offset;
        Expect("{");
        var entries = new List<(Ast, Ast)>();
        while (!Accept("}"))
        {
            if (entries.Count > 0)
            {
                Expect(",");
                // jq refuses a trailing comma; so do we, with the same place.
                if (Current.Is("}"))
                    throw Unexpected("an object key");
            }

            entries.Add(ParseEntry());
        }

        return new ObjectAst(offset, entries);
    }

    private (Ast Key, Ast Value) ParseEntry()
    {
        var token = Current;
        if (token.Kind == JqTokenKind.Variable)
        {
            position++;
            var variable = new VariableAst(token.Offset, token.Text);
            return Accept(":")
                ? (variable, ParseEntryPipe())
                : (new LiteralAst(token.Offset, JqValue.From(token.Text)), variable);
        }

        var key = ParseKey();
        if (!Accept(":"))
        {
            if (token.Is("("))
                throw Unexpected("':'");
            return (key, new IndexAst(token.Offset, new IdentityAst(token.Offset), key));
        }

        return (key, ParseEntryPipe());
    }

    /// <summary>A value in an object: pipes but no comma.</summary>
    private Ast ParseEntryPipe()
    {
        var stages = new List<Ast> { ParseEntryValue() };
        while (Accept("|"))
            stages.Add(ParseEntryValue());
        return stages.Count == 1 ? stages[0] : new PipeAst(stages[0].Offset, stages);
    }

    private Ast ParseEntryValue()
    {
        Enter();
        var value = ParseBinary(1);
        nesting--;
        return value;
    }

    private Ast ParseKey()
    {
        var token = Current;
        switch (token.Kind)
        {
            case JqTokenKind.Word:
                position++;
                return new LiteralAst(token.Offset, JqValue.From(token.Text));
            case JqTokenKind.StringStart:
                return ParseString();
            case JqTokenKind.Format when tokens[position + 1].Kind == JqTokenKind.StringStart:
                return ParseString();
            case JqTokenKind.Number:
                throw new JqSyntaxException(
                    $"A number cannot be an object key", token.Offset, $"write \"{token.Text}\", or parentheses around an expression");
        }

        if (!Accept("("))
            throw Unexpected("an object key");
        var key = ParsePipe();
        Expect(")");
        return key is LiteralAst { Value: { Kind: not JqKind.String } value }
            ? throw new JqSyntaxException($"Cannot use {value.TypeName} ({value.ToJson()}) as object key", key.Offset)
            : key;
    }
}
