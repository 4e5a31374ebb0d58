package cn.kangka.api.education;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTermsTest {
    @Test
    void han_text_gives_single_characters_and_pairs_at_the_position_where_they_start() {
        assertThat(new SearchTerms().add('A', "高血压").vector()).isEqualTo("'压':3A '血':2A '血压':2A '高':1A '高血':1A");
    }

    @Test
    void other_scripts_give_whole_words_in_lower_case() {
        assertThat(new SearchTerms().add('C', "HbA1c fits").vector()).isEqualTo("'fits':2C 'hba1c':1C");
    }

    @Test
    void quotes_and_operators_of_the_text_never_reach_the_literal() {
        assertThat(new SearchTerms().add('A', "a'b\\ & !c:*").vector()).isEqualTo("'a':1A 'b':2A 'c':3A");
        assertThat(SearchTerms.everyWord("血压' | !心")).isEqualTo("'血压' & '心'");
    }

    @Test
    void a_query_of_two_characters_is_one_term_and_a_longer_one_a_phrase() {
        assertThat(SearchTerms.everyWord("血压")).isEqualTo("'血压'");
        assertThat(SearchTerms.everyWord("高血压 饮食")).isEqualTo("'高血' <-> '血压' & '饮食'");
        assertThat(SearchTerms.everyWord("痛")).isEqualTo("'痛'");
    }

    @Test
    void words_of_three_letters_also_find_longer_ones() {
        assertThat(SearchTerms.everyWord("CT fever")).isEqualTo("'ct' & 'fever':*");
    }

    @Test
    void a_query_without_letters_has_no_terms() {
        assertThat(SearchTerms.everyWord(" ?!。 ")).isEmpty();
        assertThat(SearchTerms.anyWord("痛")).isEmpty();
    }

    @Test
    void characters_outside_the_basic_plane_are_kept_whole() {
        assertThat(new SearchTerms().add('A', "𠮷人").vector()).isEqualTo("'人':2A '𠮷':1A '𠮷人':1A");
    }
}
